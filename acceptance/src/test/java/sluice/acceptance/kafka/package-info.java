/** Where the integration tests get their broker from. */
@NullMarked
package sluice.acceptance.kafka;

import org.jspecify.annotations.NullMarked;

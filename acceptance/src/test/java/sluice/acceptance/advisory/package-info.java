/** Whether a part that is shipped is known to be vulnerable, by advisories that lie in files. */
@NullMarked
package sluice.acceptance.advisory;

import org.jspecify.annotations.NullMarked;

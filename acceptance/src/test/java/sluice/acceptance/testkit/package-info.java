/** An installation to test, and the people who use it. */
@NullMarked
package sluice.acceptance.testkit;

import org.jspecify.annotations.NullMarked;

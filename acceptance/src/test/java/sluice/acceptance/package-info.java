/** Black-box tests of a whole installation on a real broker, and the rules that the house keeps. */
@NullMarked
package sluice.acceptance;

import org.jspecify.annotations.NullMarked;

/** The language against its public implementation, a second one, and its own documentation. */
@NullMarked
package sluice.rule;

import org.jspecify.annotations.NullMarked;

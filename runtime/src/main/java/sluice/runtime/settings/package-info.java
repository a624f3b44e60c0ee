/** Settings from the environment: typed, whole, refused at once. */
@NullMarked
package sluice.runtime.settings;

import org.jspecify.annotations.NullMarked;

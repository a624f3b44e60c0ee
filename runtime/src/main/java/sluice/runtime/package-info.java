/** What every service process stands on. Services depend on it, never on each other. */
@NullMarked
package sluice.runtime;

import org.jspecify.annotations.NullMarked;

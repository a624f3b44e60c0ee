/** Queries that are answered by the process that owns the state, on any number of instances. */
@NullMarked
package sluice.runtime.query;

import org.jspecify.annotations.NullMarked;

/** What is fed with input that nobody foresaw, and how: docs/fuzzing.md. */
@NullMarked
package sluice.fuzz;

import org.jspecify.annotations.NullMarked;

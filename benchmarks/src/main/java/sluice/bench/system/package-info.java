/** What is measured over HTTP and the log, on whole systems: Sluice and the bare one beside it. */
@NullMarked
package sluice.bench.system;

import org.jspecify.annotations.NullMarked;

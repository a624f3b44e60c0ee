/** What one decision, code or token costs, on one thread (JMH). */
@NullMarked
package sluice.bench.micro;

import org.jspecify.annotations.NullMarked;

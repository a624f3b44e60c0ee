/** TLS of this process's own servers: the key and certificate that they show, which may change while they run. */
@NullMarked
package sluice.runtime.tls;

import org.jspecify.annotations.NullMarked;

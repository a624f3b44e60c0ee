/** The texts of the pre-built pages and of the mails: which there are, what a tenant has replaced, and in which language they are read. */
@NullMarked
package sluice.track.message;

import org.jspecify.annotations.NullMarked;

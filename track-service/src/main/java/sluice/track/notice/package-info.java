/** Notices by mail: users are told when their authenticators change, from the log (NIST SP 800-63B, section 6.1.2). */
@NullMarked
package sluice.track.notice;

import org.jspecify.annotations.NullMarked;

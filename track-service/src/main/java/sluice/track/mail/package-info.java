/** Mail out: addresses that are sane, the words of a mail, and the server that takes it. */
@NullMarked
package sluice.track.mail;

import org.jspecify.annotations.NullMarked;

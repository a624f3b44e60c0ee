/** The pre-built UI (contract section 7): what it is made of and what it shows, without a network. */
@NullMarked
package sluice.track.http.ui;

import org.jspecify.annotations.NullMarked;

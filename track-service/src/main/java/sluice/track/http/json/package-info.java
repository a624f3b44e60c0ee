/** JSON in and out: bodies read field by field with precise refusals, answers as the contract spells them. */
@NullMarked
package sluice.track.http.json;

import org.jspecify.annotations.NullMarked;

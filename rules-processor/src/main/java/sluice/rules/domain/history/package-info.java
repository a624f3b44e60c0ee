/** What a user has been doing: counted in windows, seen and known, all bounded in number and age. */
@NullMarked
package sluice.rules.domain.history;

import org.jspecify.annotations.NullMarked;

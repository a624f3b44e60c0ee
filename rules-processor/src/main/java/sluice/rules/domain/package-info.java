/** What an event makes of a user and what the world is told, as plain functions over records. */
@NullMarked
package sluice.rules.domain;

import org.jspecify.annotations.NullMarked;

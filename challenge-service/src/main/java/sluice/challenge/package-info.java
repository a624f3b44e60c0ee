/** The life of every action: its transitions, and the answers to who asks what became of it. */
@NullMarked
package sluice.challenge;

import org.jspecify.annotations.NullMarked;

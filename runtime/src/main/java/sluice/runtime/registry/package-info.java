/** A schema registry beside Sluice, where there is one: it numbers the schemas of the topics' records. */
@NullMarked
package sluice.runtime.registry;

import org.jspecify.annotations.NullMarked;

/** The schemas of the topics as a schema registry orders them: by subject and version. */
@NullMarked
package sluice.schemas.registry;

import org.jspecify.annotations.NullMarked;

/** How records are named: keys of users, and ids that follow from a cause. */
@NullMarked
package sluice.schemas.id;

import org.jspecify.annotations.NullMarked;

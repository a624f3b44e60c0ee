/** Secrets and personal data at rest: nothing of the kind touches a topic, a store or a file but sealed. */
@NullMarked
package sluice.runtime.seal;

import org.jspecify.annotations.NullMarked;

/** What the configuration is: a fold over its topic, readable at any version. Pure. */
@NullMarked
package sluice.runtime.configuration.domain;

import org.jspecify.annotations.NullMarked;

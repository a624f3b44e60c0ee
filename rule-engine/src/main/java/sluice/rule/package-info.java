/** Conditions of rules: JSON Logic over named data points, checked and compiled once, evaluated often. Pure. */
@NullMarked
package sluice.rule;

import org.jspecify.annotations.NullMarked;

/** What clients were told while things failed, what the log holds, and whether both keep the promises P1 to P7. */
@NullMarked
package sluice.faults.history;

import org.jspecify.annotations.NullMarked;

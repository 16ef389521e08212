/** Patterns of black pixels moved as a whole, and the evidence that is lost. */
package org.whisker.ablation.move;

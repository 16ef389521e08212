/**
 * Whether a map can be believed: deletion and insertion, infidelity, sensitivity, randomisation.
 */
package org.whisker.saliency.faithfulness;

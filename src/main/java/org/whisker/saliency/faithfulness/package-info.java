/**
 * Metrics of the faithfulness of maps: deletion and insertion, infidelity, max-sensitivity,
 * parameter randomisation.
 */
package org.whisker.saliency.faithfulness;

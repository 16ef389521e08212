/**
 * The experiments, a class each that makes an {@link org.whisker.ablation.Ablation}, and their
 * list.
 */
package org.whisker.ablation.experiment;

/**
 * Ablation experiments: one suspected cause changed at a time, against a control with the same
 * seeds.
 */
package org.whisker.ablation;

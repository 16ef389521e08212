/**
 * Ablations as a job: models in the variants that experiments ask for, kept runs and probes,
 * networks that are trained anew.
 */
package org.whisker.study.ablate;

/** Training a classifier from photos: augmentation, schedule, the loop, its checkpoints. */
package org.whisker.training;

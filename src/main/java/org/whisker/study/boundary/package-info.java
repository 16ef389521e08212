/** The decision boundary as a job: starts, targets, rows as they come. */
package org.whisker.study.boundary;

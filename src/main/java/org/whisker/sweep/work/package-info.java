/** The worker: takes tasks, does them as other commands do, keeps each result once. */
package org.whisker.sweep.work;

/**
 * Many runs on many machines: what a sweep is asked for, its tasks, and the folder that workers
 * share.
 */
package org.whisker.sweep;

/** From a spec to tasks with keys, longest first. */
package org.whisker.sweep.plan;

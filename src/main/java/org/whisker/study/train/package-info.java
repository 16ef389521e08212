/** Training and evaluation as jobs: photos, recipes, what a model card tells of its training. */
package org.whisker.study.train;

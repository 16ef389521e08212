/**
 * Jobs about models: import, export and download of weights, scores of pictures, and what the graph
 * of a network says before it has run.
 */
package org.whisker.study.models;

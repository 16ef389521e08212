/**
 * Files of the Hugging Face hub, or a mirror of it: found, fetched, resumed, held against their
 * hash.
 */
package org.whisker.hub;

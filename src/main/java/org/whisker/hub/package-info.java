/**
 * Files of the Hugging Face hub, or a mirror of it: located, downloaded with resume, and checked
 * against their hash.
 */
package org.whisker.hub;

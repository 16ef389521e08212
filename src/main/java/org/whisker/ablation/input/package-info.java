/** What stands between an evolved image and the network in an arm: noise and resizing. */
package org.whisker.ablation.input;

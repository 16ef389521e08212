package org.whisker.table;

/**
 * A network that was trained for an arm of an experiment, and how it does on test photos.
 *
 * @param arm its name
 * @param number of the arm's networks, from 1
 * @param network the name of its folder
 * @param seed it was trained from
 * @param epochs passes over the training photos
 * @param photos it was tested on
 * @param accuracy share of them put in their class
 * @param recallCat share of cats seen as cats
 * @param recallNotCat share of others seen as others
 * @param rocAuc chance that a cat has a higher p(cat) than another photo
 * @param whiteCatProbability p(cat) of the pure white picture
 * @param sha256 of its weights
 */
public record TrainedNetwork(
    String arm,
    int number,
    String network,
    long seed,
    int epochs,
    int photos,
    double accuracy,
    double recallCat,
    double recallNotCat,
    double rocAuc,
    double whiteCatProbability,
    String sha256) {}

package org.whisker.job.input;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.whisker.option.Option;

/** {@code --per-group}: how many images of a folder are taken. */
@Option(
    names = "--per-group",
    label = "N",
    defaultValue = "20",
    min = 1,
    help =
        "Number of images drawn at random from a folder of images or a class of photos; evolved"
            + " images are all taken. Default: 20.")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface PerGroup {}

package org.whisker.saliency.method;

import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.NoiseOptions;
import org.whisker.saliency.SaliencyMethod;

/**
 * SmoothGrad over another method: the mean of its maps over noisy copies of the image (Smilkov et
 * al., 2017, arXiv:1706.03825), as Captum's {@code NoiseTunnel} of type {@code smoothgrad} around
 * it. Unit and sign are those of the method. Where it chooses its steps by the image, all copies
 * have those of the image without noise.
 *
 * @param of the description of the smoothed method
 */
record Smoothed(Method of, Method inner, MethodSettings settings) implements SaliencyMethod {
  static final String PREFIX = "smooth-";

  Smoothed {
    Objects.requireNonNull(of, "of");
    Objects.requireNonNull(inner, "inner");
    Objects.requireNonNull(settings, "settings");
  }

  /** The description of the mean of a method. */
  static Method describe(Method inner) {
    Method[] own = new Method[1];
    own[0] =
        new Method(
            PREFIX + inner.label(),
            inner.need(),
            inner.unit(),
            inner.sign(),
            "the mean of " + inner.label() + " over noisy copies",
            set -> new Smoothed(own[0], inner, set));
    return own[0];
  }

  @Override
  public Method method() {
    return of;
  }

  @Override
  public String options() {
    String own = inner.with(settings).options();
    return own.isEmpty() ? settings.noise().words() : own + ", " + settings.noise().words();
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    Optional<Attribution> plain = inner.with(settings).explain(input);
    if (plain.isEmpty()) {
      return plain;
    }
    KeptClass kept = KeptClass.of(input, settings.noise());
    SaliencyMethod alike = inner.with(settings.asUsedBy(plain.get()));
    return mean(input, alike, kept.noise())
        .map(
            values ->
                new Attribution.Builder(of, of.map(input.picture().canvas(), values))
                    .with(Diagnostic.SAMPLES, kept.noise().samples())
                    .with(Diagnostic.NOISE, kept.noise().sigma())
                    .with(Diagnostic.NOISY_P_CAT, kept.pCat()))
        .map(
            builder -> {
              plain
                  .get()
                  .diagnostic(Diagnostic.STEPS)
                  .ifPresent(n -> builder.with(Diagnostic.STEPS, n));
              return builder.build();
            });
  }

  private static Optional<double[]> mean(
      MethodInput input, SaliencyMethod alike, NoiseOptions noise) {
    double[] mean = new double[input.picture().canvas().pixels()];
    for (int sample = 0; sample < noise.samples(); sample++) {
      Optional<Attribution> map =
          input.stopped().getAsBoolean()
              ? Optional.empty()
              : alike.explain(input.of(NoisyGradients.noisy(input.picture(), noise, sample)));
      if (map.isEmpty()) {
        return Optional.empty();
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] += map.get().map().at(i) / (double) noise.samples();
      }
    }
    return Optional.of(mean);
  }
}

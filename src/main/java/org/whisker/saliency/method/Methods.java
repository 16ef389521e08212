package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.PlanarImage;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.method.GuidedBackprop.GuidedGradCam;
import org.whisker.saliency.method.LayerMapMethod.LayerConductance;
import org.whisker.saliency.method.LayerMapMethod.LayerGradientTimesActivation;
import org.whisker.saliency.method.NoisyGradients.KeptClass;
import org.whisker.saliency.method.SmoothGrad.VarGrad;

/**
 * The list of all methods, in display order. A new method is a class and a line here; one outside
 * whisker is a class without options on the class path and a line in its {@code
 * META-INF/services/org.whisker.saliency.SaliencyMethod}, and comes after these.
 */
public final class Methods {
  /** What libraries call a method, and what it is called here. */
  private static final Map<String, Method> ALIASES =
      Map.ofEntries(
          Map.entry("saliency", AbsoluteGradient.METHOD), // Captum takes the absolute value
          Map.entry("vanillagradient", InputGradient.METHOD),
          Map.entry("ig", IntegratedGradients.METHOD),
          Map.entry("inputxgradient", GradientTimesInput.METHOD),
          Map.entry("inputgradient", GradientTimesInput.METHOD),
          Map.entry("noisetunnel", SmoothGrad.METHOD),
          Map.entry("expectedgradients", GradientShap.METHOD),
          Map.entry("layergradcam", GradCam.METHOD),
          Map.entry("gradcampp", GradCamPlusPlus.METHOD),
          Map.entry("hirescam", LayerGradientTimesActivation.METHOD),
          Map.entry("shapleyvaluesampling", ShapleyMethod.METHOD),
          Map.entry("lrp", Relevance.of(RelevanceRule.EPSILON))); // as Captum's

  private static final List<Method> ALL = list();
  private static final List<Method> SMOOTHED = smoothed(ALL);

  private Methods() {}

  private static List<Method> list() {
    List<Method> all = new ArrayList<>();
    all.addAll(
        List.of(
            InputGradient.METHOD,
            AbsoluteGradient.METHOD,
            GradientTimesInput.METHOD,
            SmoothGrad.METHOD,
            VarGrad.METHOD,
            IntegratedGradients.METHOD,
            GradientShap.METHOD,
            DeepLift.METHOD));
    all.addAll(Relevance.all());
    all.add(GuidedBackprop.METHOD);
    all.addAll(
        List.of(
            GradCam.METHOD,
            GuidedGradCam.METHOD,
            GradCamPlusPlus.METHOD,
            XGradCam.METHOD,
            LayerCam.METHOD,
            ScoreCam.METHOD,
            AblationCam.METHOD,
            EigenCam.METHOD,
            LayerGradientTimesActivation.METHOD,
            LayerConductance.METHOD,
            OcclusionMethod.METHOD,
            RiseMethod.METHOD,
            RegionSurrogate.LIME,
            RegionSurrogate.KERNEL_SHAP,
            LeaveOneOutMethod.METHOD,
            ShapleyMethod.METHOD));
    all.addAll(AttentionMap.all());
    ServiceLoader.load(SaliencyMethod.class).forEach(other -> all.add(other.method()));
    Set<String> names = new HashSet<>();
    for (Method method : all) {
      if (!names.add(bare(method.label()))) {
        throw new IllegalStateException("two methods are called " + method.label());
      }
    }
    return List.copyOf(all);
  }

  /**
   * The mean under noise of each method that passes something back from the logit to the pixels.
   */
  private static List<Method> smoothed(List<Method> all) {
    return all.stream()
        .filter(method -> method.need().isPassedBack())
        .filter(method -> !isMeanUnderNoise(method) && !method.equals(InputGradient.METHOD))
        .map(Smoothed::describe)
        .toList();
  }

  /** Whether its maps are means over noisy copies already. */
  public static boolean isMeanUnderNoise(Method method) {
    return List.of(SmoothGrad.METHOD, VarGrad.METHOD, GradientShap.METHOD).contains(method)
        || method.label().startsWith(Smoothed.PREFIX);
  }

  /** All methods, and those that are means of another under noise. */
  public static List<Method> known() {
    return Stream.concat(ALL.stream(), SMOOTHED.stream()).toList();
  }

  public static List<Method> all() {
    return ALL;
  }

  /**
   * The method of that name, or of a name that Captum or pytorch-grad-cam has for it; case and
   * punctuation don't matter.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Method named(String label) {
    String bare = bare(label);
    return known().stream()
        .filter(method -> bare(method.label()).equals(bare))
        .findFirst()
        .or(() -> Optional.ofNullable(ALIASES.get(bare)))
        .orElseThrow(
            () -> new IllegalArgumentException("no method " + label + "; there are " + labels()));
  }

  private static String bare(String label) {
    return label
        .toLowerCase(Locale.ROOT)
        .replace("++", "plusplus")
        .replace("×", "x")
        .replaceAll("[^a-z0-9]", "");
  }

  private static String labels() {
    return ALL.stream().map(Method::label).collect(Collectors.joining(", "));
  }

  /**
   * GradientSHAP (Lundberg and Lee, 2017, arXiv:1705.07874; expected gradients, Erion et al., 2021,
   * arXiv:1906.10670), as Captum's {@code GradientShap} with one baseline: the mean over noisy
   * copies of the image of the gradient at a random place between baseline and copy, times their
   * difference.
   *
   * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits. Sign: above 0, the
   * pixel raises the logit against the target relative to its baseline. The sum is about the
   * difference of the logits, up to noise and sampling.
   */
  public record GradientShap(Baseline baseline, NoiseOptions noise) implements SaliencyMethod {
    public static final Method METHOD =
        new Method(
            "gradient-shap",
            Need.GRADIENTS,
            "logits",
            SignConvention.CONTENT_TOWARDS_NOT_TARGET,
            "gradients at random places between baseline and noisy copies",
            set -> new GradientShap(set.baseline(), set.noise()));

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return "baseline " + baseline.name() + ", " + noise.words();
    }

    @Override
    public Optional<Attribution> explain(MethodInput input) {
      Inputs.checkSize(input.classifier(), input.picture().canvas());
      KeptClass kept = KeptClass.of(input, noise);
      double[] sum = sum(input, kept.noise());
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= noise.samples();
      }
      return Optional.of(
          new Attribution.Builder(METHOD, METHOD.map(input.picture().canvas(), sum))
              .with(Diagnostic.SAMPLES, noise.samples())
              .with(Diagnostic.NOISE, kept.noise().sigma())
              .with(Diagnostic.NOISY_P_TARGET, kept.pTarget())
              .build());
    }

    private double[] sum(MethodInput input, NoiseOptions used) {
      float[] from = baseline.values(input.picture());
      List<PlanarImage> copies =
          IntStream.range(0, used.samples())
              .mapToObj(i -> NoisyGradients.noisy(input.picture(), used, i))
              .toList();
      double[] sum = new double[from.length];
      BatchedGradients.of(
          input.differentiable(),
          copies.size(),
          1,
          (copy, variant) ->
              IntegratedGradients.baselinePath(from, copies.get(copy), place(used.seed(), copy)),
          input.batch(),
          (copy, variant, gradient) -> {
            float[] to = copies.get(copy).values();
            for (int p = 0; p < sum.length; p++) {
              sum[p] += ((double) to[p] - from[p]) * gradient[p];
            }
          });
      return sum;
    }

    /** Place of a sample on its path, 0 to below 1: the same for every image and classifier. */
    static double place(long seed, int sample) {
      return SplitMix64.stream(seed, "gradient shap", sample).nextDouble();
    }
  }

  /**
   * SmoothGrad over another method: the mean of its maps over noisy copies of the image (Smilkov et
   * al., 2017, arXiv:1706.03825), as Captum's {@code NoiseTunnel} of type {@code smoothgrad} around
   * it. Unit and sign are those of the method. Where it chooses its steps by the image, all copies
   * have those of the image without noise.
   *
   * @param of the description of the smoothed method
   */
  private record Smoothed(Method of, Method inner, MethodSettings settings)
      implements SaliencyMethod {
    static final String PREFIX = "smooth-";

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
                      .with(Diagnostic.NOISY_P_TARGET, kept.pTarget()))
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
}

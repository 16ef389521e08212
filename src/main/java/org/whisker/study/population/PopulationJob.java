package org.whisker.study.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.StoredModel;
import org.whisker.io.FolderLock;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.JobManifest;
import org.whisker.study.Provenance;
import org.whisker.study.ResumableFolder;
import org.whisker.study.ResumableJob;
import org.whisker.study.train.RetrainingPhotos;

/**
 * Trains a population of networks, runs the question's search on each, and looks for what of a
 * network goes with where its pixels lie. Its folder gets {@code networks/}, a model each, {@code
 * runs/} and {@code probes/}, from which it goes on, and the tables of {@link PopulationTables},
 * which are written anew after each network.
 */
public final class PopulationJob implements ResumableJob<PopulationConfig, PopulationResult> {
  /** As manifests name it. */
  public static final String COMMAND = "population";

  private static final List<String> DECISIVE =
      List.of("command", "photos_sha256", "networks", "device", "precision");

  private final JobContext context;

  public PopulationJob(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<PopulationConfig> type() {
    return PopulationConfig.class;
  }

  @Override
  public PopulationResult run(PopulationConfig config, ResumableFolder.Place place)
      throws IOException {
    List<Member> members = members(config);
    RetrainingPhotos photos = RetrainingPhotos.of(config.data());
    ResumableFolder folder =
        ResumableFolder.open(
            context,
            place,
            new ResumableFolder.Job(
                context.home().analyses(),
                COMMAND,
                content(config, members, photos),
                config,
                DECISIVE));
    return FolderLock.holding(
        folder.folder(), () -> go(config, members, photos.note(), folder.manifest()));
  }

  /** Those asked for, all of which can be built. */
  private static List<Member> members(PopulationConfig config) {
    List<Member> members = Member.of(config);
    members.forEach(member -> InvalidRequestException.check(() -> member.recipe(config).network()));
    return members;
  }

  private Map<String, Object> content(
      PopulationConfig config, List<Member> members, RetrainingPhotos photos) {
    Map<String, Object> content = Provenance.manifest(COMMAND, context);
    content.put("photos_sha256", photos.sha256());
    content.put("device", config.on().settings(PopulationSearch.BATCH).device().label());
    content.put("precision", config.on().precision().label());
    Map<String, Object> networks = new LinkedHashMap<>();
    for (Member member : members) {
      Map<String, Object> recipe = new LinkedHashMap<>(member.recipe(config).named());
      recipe.put("seed", Long.toString(member.seed()));
      networks.put(member.name(), recipe);
    }
    content.put("networks", networks);
    return content;
  }

  private PopulationResult go(
      PopulationConfig config, List<Member> members, String note, JobManifest manifest)
      throws IOException {
    Path folder = manifest.folder();
    PopulationNetworks networks =
        new PopulationNetworks(config, folder.resolve("networks"), note, context);
    PopulationSearch search = new PopulationSearch(config, folder, context);
    List<MeasuredNetwork> measured = new ArrayList<>();
    PopulationTables tables = PopulationTables.of(List.of(), config.seed());
    String status = "failed";
    manifest.write("running");
    try {
      BooleanSupplier stopped = context.stop().listen();
      for (Member member : members) {
        String which =
            "%s (%d of %d)".formatted(member.name(), measured.size() + 1, members.size());
        StoredModel network = networks.get(member, which, stopped);
        measured.add(search.measure(member, network, which, stopped));
        tables = PopulationTables.of(measured, config.seed());
        tables.write(folder);
      }
      status = "done";
    } catch (CancellationException e) {
      status = "stopped";
    } finally {
      manifest.write(status);
    }
    if (!measured.isEmpty()) {
      context.listener().tablesWritten(folder);
    }
    return new PopulationResult(
        folder, status.equals("done"), tables.networks(), tables.associations());
  }
}

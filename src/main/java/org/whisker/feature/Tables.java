package org.whisker.feature;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.EffortRatios.EffortRow;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.result.ArmImageRow;
import org.whisker.ablation.result.ArmRow;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.ablation.result.MoveTables.MoveCurveRow;
import org.whisker.ablation.result.MoveTables.MoveRow;
import org.whisker.ablation.result.NetworkTables.ManipulationRow;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.RingRow;
import org.whisker.ablation.result.RingRow.HarmAndHelpRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.Margin;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.boundary.PathProfile.PathBand;
import org.whisker.boundary.Transfer;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ClassMapRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.diagnosis.result.MeasureTables.LayerPaddingRow;
import org.whisker.diagnosis.result.MeasureTables.MarkRow;
import org.whisker.diagnosis.result.MeasureTables.OperationRow;
import org.whisker.diagnosis.result.MeasureTables.PlaceRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.diagnosis.result.MeasureTables.TokenRow;
import org.whisker.diagnosis.result.MeasureTables.UnreadRow;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.RunSummary;
import org.whisker.explain.ComparisonTables.CrossModelRow;
import org.whisker.explain.ComparisonTables.DifferenceRow;
import org.whisker.explain.ComparisonTables.MeasureRow;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.explain.ComparisonTables.ProfileRow;
import org.whisker.explain.Finding;
import org.whisker.explain.ModelMapFiles.GradientProfileRow;
import org.whisker.explain.ModelMapFiles.ProbeSummaryRow;
import org.whisker.feature.league.LeagueTables.LeaguePhotoRow;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.feature.league.LeagueTables.LeagueRunRow;
import org.whisker.feature.models.LayerTables.FieldRingRow;
import org.whisker.feature.models.LayerTables.LayerRow;
import org.whisker.feature.sweep.CollectedSearches.SweptRunRow;
import org.whisker.feature.sweep.SweepCollector.ExperimentRow;
import org.whisker.feature.sweep.SweepCollector.OptionRow;
import org.whisker.feature.sweep.SweepCollector.UnfinishedRow;
import org.whisker.feature.train.DatasetJob.DatasetPhotoRow;
import org.whisker.feature.train.DatasetJob.DuplicateRow;
import org.whisker.feature.train.DatasetJob.PhotoRingRow;
import org.whisker.feature.train.EvaluationTables.CalibrationRow;
import org.whisker.feature.train.EvaluationTables.ConfusionRow;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.EvaluationTables.OriginRow;
import org.whisker.feature.train.EvaluationTables.PredictionRow;
import org.whisker.feature.train.EvaluationTables.RocRow;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.position.Attraction.Without;
import org.whisker.position.DensityProfile;
import org.whisker.position.EdgeBias.EdgeComparison;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun.Reached;
import org.whisker.position.PartDensity;
import org.whisker.position.ProbeProfile;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.position.result.ConditionTables.LogRatioRow;
import org.whisker.position.result.ProbeTables;
import org.whisker.position.result.ResidueRow;
import org.whisker.saliency.PhotoMaps.Contrast;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.PhotoMapRow;
import org.whisker.saliency.result.SaliencyFiles;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.table.Table;

/** All tables that whisker writes to files of a fixed name: what a data dictionary is made of. */
public final class Tables {
  private Tables() {}

  /** All tables, each with its file and the title, meaning and unit of its columns. */
  public static List<Table<?>> all() {
    return Stream.concat(shared().stream(), Hypotheses.tables().stream()).toList();
  }

  /** The tables whose file names depend on the case, such as one for each map. */
  static List<Table<?>> ofAnyName() {
    return List.of(
        Table.of(EvolvedImageFiles.PixelRow.class, "best.csv"),
        Table.of(EvolvedImageFiles.PixelRow.class, "minimal.csv"),
        KeptRunRow.TABLE,
        SaliencyRow.TABLE,
        SaliencyFiles.LayerRow.TABLE,
        Table.of(FaithfulnessRow.class),
        Table.of(FaithfulnessTables.AgreementRow.class),
        Table.of(FaithfulnessTables.CurveRow.class),
        Table.of(FaithfulnessTables.RandomisationRow.class),
        Table.of(SaliencyFiles.ProfileRow.class));
  }

  private static List<Table<?>> shared() {
    return List.of(
        Counterfactual.Flip.TABLE,
        Counterfactual.OfImage.TABLE,
        Counterfactual.Summary.TABLE,
        Crossing.OnPath.TABLE,
        Margin.OfImage.TABLE,
        Margin.Summary.TABLE,
        MinimalSearch.Outcome.OfStart.TABLE,
        PathBand.LogitRow.TABLE,
        PathBand.ProbabilityRow.TABLE,
        PathProfile.Scored.TABLE,
        PixelPath.Step.TABLE,
        Transfer.OfImage.TABLE,
        Transfer.Summary.TABLE,
        SearchOutcome.OfImage.TABLE,
        SuccessCurve.Step.TABLE,
        CauseRow.TABLE,
        EvidenceRow.TABLE,
        LayerPaddingRow.TABLE,
        OperationRow.TABLE,
        TokenRow.TABLE,
        MarkRow.TABLE,
        PlaceRow.TABLE,
        ClassMapRow.TABLE,
        ShiftRow.TABLE,
        UnreadRow.TABLE,
        BestHistory.TABLE,
        GenerationStats.TABLE,
        RunSummary.TABLE,
        ConditionRow.TABLE,
        DensityProfile.DensityBin.TABLE,
        EdgeComparison.TABLE,
        ConditionTables.EdgeIndexRow.TABLE,
        Without.TABLE,
        Expected.TABLE,
        Reached.TABLE,
        ProbeTables.InteractionRow.TABLE,
        LogRatioRow.TABLE,
        PartDensity.TABLE,
        ConditionTables.PartRunRow.TABLE,
        ProbeTables.PairRow.TABLE,
        ProbeTables.ModeRow.TABLE,
        ProbeTables.RingRow.TABLE,
        ResidueRow.TABLE,
        ResidueRow.TestRow.TABLE,
        Contrast.TABLE,
        PhotoMapRow.EdgeIndexRow.TABLE,
        PhotoMapRow.MeanProfileRow.TABLE,
        PhotoMapRow.TABLE,
        ArmImageRow.TABLE,
        ArmRow.TABLE,
        ArmSummary.TABLE,
        EdgeAtConfidence.TABLE,
        EffectRow.TABLE,
        HarmAndHelpRow.TABLE,
        ManipulationRow.TABLE,
        MoveCurveRow.TABLE,
        MoveRow.TABLE,
        NetworkRow.TABLE,
        ObservationRow.TABLE,
        EffortRow.TABLE,
        RingRow.TABLE,
        SkippedRow.TABLE,
        StrideComb.TABLE,
        SummaryRow.TABLE,
        WithheldComparison.TABLE,
        CalibrationRow.TABLE,
        ConfusionRow.TABLE,
        DatasetPhotoRow.TABLE,
        PhotoRingRow.TABLE,
        DuplicateRow.TABLE,
        EpochRow.TABLE,
        EvaluationRow.TABLE,
        FieldRingRow.TABLE,
        LayerRow.TABLE,
        OriginRow.TABLE,
        PredictionRow.TABLE,
        RocRow.TABLE,
        LeagueRow.TABLE,
        LeaguePhotoRow.TABLE,
        LeagueRunRow.TABLE,
        ClimbRow.TABLE,
        CrossModelRow.TABLE,
        DifferenceRow.TABLE,
        Finding.TABLE,
        GradientProfileRow.TABLE,
        MeasureRow.TABLE,
        ModelRow.TABLE,
        ProbeProfile.ProbeBin.TABLE,
        ProbeSummaryRow.TABLE,
        ProfileRow.TABLE,
        ExperimentRow.TABLE,
        OptionRow.TABLE,
        SweptRunRow.TABLE,
        UnfinishedRow.TABLE);
  }
}

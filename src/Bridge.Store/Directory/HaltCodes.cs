namespace Bridge.Store;

/// <summary>Why a lane is stopped. Stable: alerts and runbooks name them.</summary>
public static class HaltCodes
{
    /// <summary>A block that held a finalized message vanished.</summary>
    public const string FinalBlockVanished = "FINAL_BLOCK_VANISHED";

    /// <summary>A final block that held a delivery vanished.</summary>
    public const string FinalDeliveryVanished = "FINAL_DELIVERY_VANISHED";

    /// <summary>A message was certified or delivered whose source block is gone.</summary>
    public const string DeliveryWithoutSource = "DELIVERY_WITHOUT_SOURCE";

    /// <summary>The source shows another message at a sequence whose message was final.</summary>
    public const string ConflictingMessage = "CONFLICTING_MESSAGE";

    /// <summary>This validator was asked to sign a second rolling hash at one sequence.</summary>
    public const string ConflictingCheckpoint = "CONFLICTING_CHECKPOINT";

    /// <summary>A quorum signed a rolling hash that is not the lane's.</summary>
    public const string ForeignCertificate = "FOREIGN_CERTIFICATE";

    /// <summary>A person paused the lane here.</summary>
    public const string OperatorPause = "OPERATOR_PAUSE";

    /// <summary>The destination accepted a rolling hash that is not the lane's.</summary>
    public const string ForeignDelivery = "FOREIGN_DELIVERY";
}

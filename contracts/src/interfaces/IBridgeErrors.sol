// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

interface IBridgeErrors {
    error SettingsWithoutCode(address settings);
    error UnknownLane(uint256 chainId);
    error UnknownLaneId(bytes32 lane);
    error UnknownAsset(uint32 assetId);
    error UnknownEpoch(uint64 given, uint64 current);
    error AmountZero();
    error AmountTooLarge(uint256 amount, uint256 room);
    error MinimumFeeNotSet(uint32 assetId, uint256 destinationChainId);
    error FeeTooLow(uint256 fee, uint256 minimum);
    error RecipientRefused(address recipient);
    error AmountNotReceived(uint256 received, uint128 amount);
    error ValueWrong(uint256 given, uint256 needed);
    error SenderNotCaller(address sender, address caller);
    error GasLimitTooHigh(uint256 gasLimit, uint256 most);
    error PayloadTooLong(uint256 length, uint256 most);
    error OutboundLimitExceeded(uint32 assetId, uint256 amount, uint64 passesAt);

    error WrongEpoch(uint64 given, uint64 current);
    error InsufficientGas(uint256 available, uint256 needed);
    error NotDeferred(bytes32 lane, uint64 sequence);
    error RetryFailed(bytes reason);
    error WrongMessage(bytes32 given, bytes32 deferred);
    error StillHeld(uint64 until);
    error NothingToRefund();
    error RefundTooEarly(uint64 from);
    error InsufficientLocked(uint32 assetId, uint256 locked, uint256 amount);
    error InboundLimitExceeded(uint32 assetId, uint256 amount, uint64 passesAt);
    error LargerThanThreshold(uint256 amount, uint256 threshold);
    error OnlySelf(address caller);
    error DelivererRefused(address deliverer, uint256 fees);

    error EverythingIsPaused(uint64 until);
    error LaneIsPaused(uint256 chainId, uint64 until);
    error AssetIsPaused(uint32 assetId, uint64 until);

    error ChainIdRefused(uint256 chainId);
    error RemoteBridgeZero();
    error LaneAlreadyOpen(uint256 chainId);
    error AssetIdZero();
    error ModeNone();
    error ModeWrong(uint32 assetId);
    error LimitNotHere(uint32 assetId);
    error TokenRefused(address token);
    error AssetAlreadyRegistered(uint32 assetId, address token);
    error TokenAlreadyRegistered(address token, uint32 assetId);
    error FeesOutOfBounds(uint32 assetId, uint256 destinationChainId);
    error FeeTooLarge(uint256 fee);

    error RotationAlreadyPending(uint64 epoch);
    error NoRotationPending();
    error RotationTooEarly(uint64 readyAt);
    error NoOverlap();

    error HandoverNotAnnounced(uint32 assetId);
    error HandoverTooEarly(uint64 readyAt);
    error AssetNotPaused(uint32 assetId);
    error AlreadyHandedOver(uint32 assetId, address successor);
    error HandoverNotTaken(uint32 assetId, uint256 taken, uint256 amount);
    error HandoverNotExpected(uint32 assetId, address from);
}

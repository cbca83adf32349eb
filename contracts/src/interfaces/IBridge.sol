// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice A quorum of attestations over one checkpoint.
/// @param epoch the validator set that the signatures count toward
/// @param signers bit i stands for the set's member i, members in ascending address order
/// @param signatures exactly `threshold` signatures of 64 bytes (EIP-2098), in the order of the bits
struct Certificate {
    uint64 epoch;
    uint256 signers;
    bytes signatures;
}

/// @notice What a chain does with an asset. Lock: this is its home chain. Mint: the Bridge mints and burns a wrapped token.
enum Mode {
    None,
    Lock,
    Mint
}

/// @notice One asset on this chain.
/// @param locked what this Bridge holds for the other chains, in base units; stays 0 in mode Mint
struct Asset {
    address token;
    Mode mode;
    uint128 locked;
}

/// @notice Both ends of every lane between this chain and others. Bytes, hashes and words are defined in protocol.md and MESSAGE.md.
interface IBridge {
    event MessageSent(
        uint256 indexed destinationChainId, uint64 indexed sequence, address indexed sender, bytes32 rollingHash, bytes message
    );
    event MessagesDelivered(
        uint256 indexed sourceChainId, uint64 firstSequence, uint64 lastSequence, bytes32 rollingHash, address deliverer
    );
    /// @param messageHash keccak256 of the message's bytes, which a retry must present
    /// @param reason at most the first 256 bytes of what the failed effect returned
    event MessageDeferred(uint256 indexed sourceChainId, uint64 indexed sequence, bytes32 messageHash, bytes reason);
    event MessageRetried(uint256 indexed sourceChainId, uint64 indexed sequence, address caller);

    event LaneOpened(uint256 indexed chainId, address remoteBridge, bytes32 outboundLane, bytes32 inboundLane);
    event AssetRegistered(uint32 indexed assetId, address indexed token, Mode mode);
    event MinimumFeeSet(uint32 indexed assetId, uint256 indexed destinationChainId, uint128 minimumFee);
    event ValidatorSetChanged(uint64 indexed epoch, address[] members, uint8 threshold);

    error UnknownLane(uint256 chainId);
    error UnknownAsset(uint32 assetId);
    error UnknownEpoch(uint64 given, uint64 current);
    error AmountZero();
    error AmountTooLarge(uint256 amount, uint256 room);
    error MinimumFeeNotSet(uint32 assetId, uint256 destinationChainId);
    error FeeTooLow(uint256 fee, uint256 minimum);
    error RecipientRefused(address recipient);
    error AmountNotReceived(uint256 received, uint128 amount);
    error AmountNotBurned(uint256 burned, uint128 amount);

    error SequenceNotNext(uint64 first, uint64 next);
    error WrongEpoch(uint64 given, uint64 current);
    error InsufficientGas(uint256 available, uint256 needed);
    error NotDeferred(uint256 sourceChainId, uint64 sequence);
    error RetryFailed(bytes reason);
    error WrongMessage(bytes32 given, bytes32 deferred);
    error InsufficientLocked(uint32 assetId, uint256 locked, uint256 amount);
    error OnlySelf(address caller);

    error ChainIdRefused(uint256 chainId);
    error RemoteBridgeZero();
    error LaneAlreadyOpen(uint256 chainId);
    error AssetIdZero();
    error ModeNone();
    error TokenRefused(address token);
    error AssetAlreadyRegistered(uint32 assetId, address token);
    error TokenAlreadyRegistered(address token, uint32 assetId);

    /// @notice Locks or burns `amount` of the caller's tokens and appends a message to the lane.
    /// The message is of kind 1 where the caller is the recipient and of kind 2 otherwise.
    /// @param amount base units, at least 1; the recipient gets amount - fee
    /// @param fee base units of the same asset, at most amount and at least the minimum; whoever delivers gets it
    /// @return sequence the message's position in the lane
    /// @return messageId the lane's rolling hash at that position
    function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        returns (uint64 sequence, bytes32 messageId);

    /// @notice Presents messages `firstSequence`, `firstSequence + 1`, … and a certificate over the last of them. Anyone may call.
    /// A message whose effect fails is deferred; anything else wrong reverts the whole delivery.
    /// @param messages the wire bytes of the messages, one behind the other
    function deliver(uint256 sourceChainId, uint64 firstSequence, bytes calldata messages, Certificate calldata certificate)
        external;

    /// @notice Takes the effect of a deferred message, fee to the caller, or reverts with what stands in the way. Anyone may call.
    function retry(uint256 sourceChainId, uint64 sequence, bytes calldata message) external;

    /// @notice Opens both directions between this chain and `chainId`, for ever.
    function openLane(uint256 chainId, address remoteBridge) external;

    /// @notice Makes `token` this chain's form of the asset, for ever. In mode Mint the token must let this Bridge mint and burn.
    function registerAsset(uint32 assetId, address token, Mode mode) external;

    /// @notice Sets the least fee, in base units, for sending the asset to a chain. Until it is set, sending it there is refused.
    function setMinimumFee(uint32 assetId, uint256 destinationChainId, uint128 minimumFee) external;

    /// @notice The last sequence sent to `chainId` and the lane's rolling hash there; (0, 0) where no lane is open.
    function outbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash);

    /// @notice The last sequence delivered from `chainId` and the lane's rolling hash there; (0, 0) where no lane is open.
    function inbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash);

    /// @notice The id of the lane between two chains, of which one is this chain and the other has an open lane with it.
    function laneId(uint256 sourceChainId, uint256 destinationChainId) external view returns (bytes32);

    /// @notice All fields are 0 for an id that is not registered.
    function asset(uint32 assetId) external view returns (Asset memory);

    /// @return minimum base units
    /// @return set whether the asset can be sent there at all
    function minimumFee(uint32 assetId, uint256 destinationChainId) external view returns (uint128 minimum, bool set);

    /// @notice Members in ascending order, and how many of them make a certificate.
    function validatorSet(uint64 epoch_) external view returns (address[] memory members, uint8 threshold);

    /// @notice The epoch of the validator set in force; the first is 1.
    function epoch() external view returns (uint64);

    /// @notice keccak256 of the deferred message's bytes, or 0.
    function deferred(uint256 sourceChainId, uint64 sequence) external view returns (bytes32);
}

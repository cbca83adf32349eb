// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice A transfer that somebody wants and anybody may submit.
/// @param owner whose tokens these are; the message names it as its sender
/// @param assetId of the Bridge on this chain; the chain's own coin cannot be taken by signature
/// @param amount base units that go into the message; the recipient gets amount - fee
/// @param fee base units, for whoever delivers
/// @param relayerFee base units on top of the amount, for whoever submits the intent here
/// @param deadline the last second in which it can be submitted
/// @param nonce any number that the owner has not used before
struct Intent {
    address owner;
    uint256 destinationChainId;
    uint32 assetId;
    address recipient;
    uint128 amount;
    uint128 fee;
    uint128 relayerFee;
    uint256 deadline;
    uint256 nonce;
}

/// @notice Sending with a signature in the place of a transaction. Nothing stays here: what comes in goes on in the same transaction.
interface IIntents {
    event IntentSubmitted(bytes32 indexed intentHash, address indexed owner, address indexed relayer, bytes32 messageId);
    event NonceCancelled(address indexed owner, uint256 nonce);

    error IntentExpired(uint256 deadline);
    error NonceUsed(address owner, uint256 nonce);
    error SignatureRefused(address owner);
    error TokenUnknown(uint32 assetId);
    error AmountNotReceived(uint256 received, uint256 amount);
    error OnlyOwner(address owner, address caller);

    /// @notice The owner's own `send`, with an ERC-2612 permit for this contract in the place of an approval. A permit that somebody
    /// else has used already does no harm, as long as the allowance is there.
    /// @param intent with the caller as its owner and no relayer fee; its nonce is not used
    function sendWithPermit(Intent calldata intent, uint256 permitDeadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (uint64 sequence, bytes32 messageId);

    /// @notice With tokens that know ERC-3009: one signature that only this contract can use, over a nonce that is the intent's hash.
    /// @param signature of ReceiveWithAuthorization(owner, this, amount + relayerFee, 0, deadline + 1, intentHash), v, r and s packed
    function sendWithAuthorization(Intent calldata intent, bytes calldata signature)
        external
        returns (uint64 sequence, bytes32 messageId);

    /// @notice With an allowance for Permit2: one signature over the transfer to this contract, with the intent as its witness.
    /// The intent's nonce and deadline are Permit2's.
    function sendWithPermit2(Intent calldata intent, bytes calldata signature) external returns (uint64 sequence, bytes32 messageId);

    /// @notice With an allowance for this contract: an EIP-712 signature by an account with a key (also under EIP-7702), a contract
    /// (ERC-1271), or one that is not deployed yet and is then (ERC-6492).
    function sendFor(Intent calldata intent, bytes calldata signature) external returns (uint64 sequence, bytes32 messageId);

    /// @notice Makes a nonce of the caller's useless to `sendFor`.
    function cancelNonce(uint256 nonce) external;

    function nonceUsed(address owner, uint256 nonce) external view returns (bool);

    /// @notice What ERC-3009 takes as nonce, and `sendFor` as struct to be signed: the EIP-712 digest of the intent.
    function intentHash(Intent calldata intent) external view returns (bytes32);
}

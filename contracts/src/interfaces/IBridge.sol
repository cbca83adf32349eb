// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridgeErrors} from "./IBridgeErrors.sol";
import {IBridgeEvents} from "./IBridgeEvents.sol";
import {IBridgeSettings} from "./IBridgeSettings.sol";
import {IHandoverReceiver} from "./IHandoverReceiver.sol";
import {ITransfers} from "./ITransfers.sol";

/// @notice A quorum of attestations over one checkpoint, or over the next validator set.
/// @param epoch the validator set that the signatures count toward
/// @param signers bit i stands for the set's member i, members in ascending address order
/// @param signatures exactly `threshold` signatures of 64 bytes (EIP-2098), in the order of the bits
struct Certificate {
    uint64 epoch;
    uint256 signers;
    bytes signatures;
}

/// @notice What a chain does with an asset. Lock: this is its home chain. Mint: the Bridge mints and burns a wrapped token.
/// Native: this is its home chain, the asset is the chain's own coin, and the token wraps it for those who cannot receive it.
enum Mode {
    None,
    Lock,
    Mint,
    Native
}

/// @notice One asset on this chain.
/// @param locked what this Bridge holds for the other chains, in base units; stays 0 in mode Mint
struct Asset {
    address token;
    Mode mode;
    uint128 locked;
}

/// @notice The least fees for sending an asset to a chain, in base units of the asset.
/// @param transfer kind 1, from somebody to themselves
/// @param transferTo kind 2, to somebody else
/// @param callBase kind 3, whatever it does; below 2^120
/// @param callPerGas kind 3, for each unit of its gas limit
/// @param callPerByte kind 3, for each byte of its payload
struct Fees {
    uint128 transfer;
    uint128 transferTo;
    uint128 callBase;
    uint64 callPerGas;
    uint64 callPerByte;
}

/// @notice A call to be made at the destination, with tokens or without.
/// @param sender the caller of `sendCall`; only the Gateway may name another
/// @param amount base units; the recipient gets amount - fee, and 0 of asset 0 is a call without tokens
/// @param gasLimit what the recipient can count on; at most 5,000,000
/// @param payload at most 32,768 bytes
struct Call {
    uint256 destinationChainId;
    uint32 assetId;
    address sender;
    address recipient;
    uint128 amount;
    uint128 fee;
    uint32 gasLimit;
    bytes payload;
}

/// @notice A Bridge, as it is called. Bytes, hashes and words are defined in MESSAGE.md.
interface IBridge is ITransfers, IBridgeSettings, IHandoverReceiver, IBridgeEvents, IBridgeErrors {}

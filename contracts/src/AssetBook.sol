// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AssetWord} from "./AssetWords.sol";
import {FeeBook} from "./FeeBook.sol";
import {Mode} from "./interfaces/IBridge.sol";

/// @notice The assets of this chain.
abstract contract AssetBook is FeeBook {
    function _known(uint32 assetId) internal view returns (AssetWord asset) {
        asset = _assets[assetId];
        if (asset.mode() == Mode.None) revert UnknownAsset(assetId);
    }
}

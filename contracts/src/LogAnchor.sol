// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice Where operators post the roots of their audit logs: what was posted can be neither taken back nor replaced. Anybody may post, under
/// the own address alone; it is part of no Bridge and holds nothing.
contract LogAnchor {
    struct Anchor {
        uint64 treeSize;
        uint64 time;
        bytes32 rootHash;
    }

    mapping(address operator => mapping(bytes32 origin => Anchor)) private _newest;

    /// @param origin keccak256 of the log's name.
    event LogAnchored(address indexed operator, bytes32 indexed origin, uint64 treeSize, bytes32 rootHash);

    error LogDidNotGrow(uint64 treeSize, uint64 anchored);

    /// @notice The log of the caller has so many leaves, and this root.
    function anchor(bytes32 origin, uint64 treeSize, bytes32 rootHash) external {
        Anchor storage newest_ = _newest[msg.sender][origin];
        if (treeSize <= newest_.treeSize) revert LogDidNotGrow(treeSize, newest_.treeSize);

        (newest_.treeSize, newest_.time, newest_.rootHash) = (treeSize, uint64(block.timestamp), rootHash);
        emit LogAnchored(msg.sender, origin, treeSize, rootHash);
    }

    function newest(address operator, bytes32 origin) external view returns (Anchor memory) {
        return _newest[operator][origin];
    }
}

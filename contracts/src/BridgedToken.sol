// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice The form of an asset on the chains that are not its home: ERC-20, ERC-2612, and ERC-7802 for the bridges it names.
contract BridgedToken is ERC20, AccessManaged, IBridgedToken {
    string private _name;
    string private _symbol;
    uint8 private immutable _decimals;
    mapping(address bridge => bool) private _bridges;

    constructor(address accessManager, string memory name_, string memory symbol_, uint8 decimals_) AccessManaged(accessManager) {
        if (accessManager.code.length == 0) revert AccessManagedInvalidAuthority(accessManager);
        _name = name_;
        _symbol = symbol_;
        _decimals = decimals_;
    }

    modifier onlyBridge() {
        if (!_bridges[msg.sender]) revert BridgeRefused(msg.sender);
        _;
    }

    /// @inheritdoc IERC7802
    function crosschainMint(address to, uint256 amount) external onlyBridge {
        _mint(to, amount);
        emit CrosschainMint(to, amount, msg.sender);
    }

    /// @inheritdoc IERC7802
    function crosschainBurn(address from, uint256 amount) external onlyBridge {
        _burn(from, amount);
        emit CrosschainBurn(from, amount, msg.sender);
    }

    /// @inheritdoc IBridgedToken
    function crosschainMintRun(address[] calldata recipients, uint256[] calldata amounts) external onlyBridge {
        if (recipients.length != amounts.length) revert RunLengthsDiffer(recipients.length, amounts.length);
        for (uint256 i; i < recipients.length; ++i) {
            if (amounts[i] != 0) _mint(recipients[i], amounts[i]);
        }
    }

    /// @inheritdoc IBridgedToken
    function setBridge(address bridge, bool allowed) external restricted {
        _bridges[bridge] = allowed;
        emit BridgeSet(bridge, allowed);
    }

    /// @inheritdoc IBridgedToken
    function isBridge(address bridge) external view returns (bool) {
        return _bridges[bridge];
    }

    function name() public view override returns (string memory) {
        return _name;
    }

    function symbol() public view override returns (string memory) {
        return _symbol;
    }

    function decimals() public view override returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) external pure returns (bool) {
        return interfaceId == type(IERC165).interfaceId || interfaceId == type(IERC7802).interfaceId;
    }

    function _mint(address to, uint256 amount) internal override {
        if (to == address(0)) revert MintToZero();
        super._mint(to, amount);
    }

    /// @dev Nobody holds an allowance that the owner did not give, Permit2 included.
    function _givePermit2InfiniteAllowance() internal pure override returns (bool) {
        return false;
    }
}

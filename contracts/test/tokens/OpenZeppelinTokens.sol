// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/ERC20Permit.sol";
import {ERC20Bridgeable} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC20Bridgeable.sol";
import {Messages} from "../../src/Messages.sol";

/// @notice OpenZeppelin's ERC-20 as the home token, to be measured beside Solady's.
contract OpenZeppelinToken is ERC20("Original", "ORG") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice OpenZeppelin's ERC-20, ERC-2612 and ERC-7802 with a run of mints, to be measured beside BridgedToken.
contract OpenZeppelinBridgedToken is ERC20Permit, ERC20Bridgeable {
    using Messages for bytes;

    mapping(address bridge => bool) private _bridges;

    constructor(address bridge) ERC20("Wrapped", "WRP") ERC20Permit("Wrapped") {
        _bridges[bridge] = true;
    }

    function crosschainMintMany(bytes calldata transfers, address feeTo) external onlyTokenBridge {
        (uint256 at, uint256 end) = transfers.span();
        uint256 fees;
        for (; at < end; at += Messages.lengthAt(at)) {
            (uint256 amount, uint256 fee) = Messages.amountsAt(at);
            if (amount != fee) _mint(Messages.recipientAt(at), amount - fee);
            fees += fee;
        }
        if (fees != 0) _mint(feeTo, fees);
    }

    function crosschainBurnSent(address from, uint256 amount) external onlyTokenBridge {
        _burn(from, amount);
    }

    function _checkTokenBridge(address caller) internal view override {
        require(_bridges[caller]);
    }
}
